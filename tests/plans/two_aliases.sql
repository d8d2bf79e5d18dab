SELECT artifact.id, artifact.rank, artifact.slug
FROM artifact
WHERE artifact.slug IN (?, ?);

SELECT score.artifact_id, score.dimension, score.value
FROM score
WHERE score.artifact_id IN (?);

SELECT capability.artifact_id, capability.name, capability.position, capability.slug
FROM capability
WHERE capability.artifact_id IN (?) AND (capability.position BETWEEN ? AND ? OR capability.position BETWEEN ? AND ?);

