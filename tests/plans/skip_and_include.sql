SELECT artifact.kind, artifact.publisher, artifact.slug
FROM artifact
WHERE artifact.slug IN (?);

