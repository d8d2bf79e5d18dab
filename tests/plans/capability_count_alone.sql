SELECT artifact.capability_count, artifact.slug
FROM artifact
WHERE artifact.slug IN (?);

