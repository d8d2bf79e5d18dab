SELECT artifact.id, artifact.slug
FROM artifact
WHERE artifact.slug IN (?, ?);

SELECT score.artifact_id, score.dimension, score.value
FROM score
WHERE score.artifact_id IN (?, ?);

