SELECT artifact.id, artifact.name, artifact.rank, artifact.slug, artifact.rank_order AS order_key
FROM artifact ORDER BY artifact.rank_order, artifact.id
LIMIT ? OFFSET ?;

SELECT capability.artifact_id, capability.name, capability.position
FROM capability
WHERE capability.artifact_id IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND capability.position BETWEEN ? AND ?;

