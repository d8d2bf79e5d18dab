SELECT artifact.name, artifact.released_on, artifact.slug, artifact.updated_on
FROM artifact
WHERE artifact.slug IN (?);

