SELECT artifact.id, artifact.name, artifact.slug
FROM artifact
WHERE artifact.slug IN (?, ?);

SELECT score.artifact_id, score.dimension, score.value
FROM score
WHERE score.artifact_id IN (?, ?);

SELECT catalogue.searched_since, catalogue.searched_until
FROM catalogue;

