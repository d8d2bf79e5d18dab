SELECT artifact.id, artifact.slug
FROM artifact
WHERE artifact.slug IN (?);

SELECT nearest.owner_id, nearest.place, nearest.shared, nearest.nearness, artifact.id, artifact.slug
FROM (SELECT shared.owner_id AS owner_id, shared.other_id AS other_id, shared.shared AS shared, CAST(shared.shared AS FLOAT) / (((owner.topic_count + near.topic_count) - shared.shared) + 0.0) AS nearness, row_number() OVER (PARTITION BY shared.owner_id ORDER BY CAST(shared.shared AS FLOAT) / (((owner.topic_count + near.topic_count) - shared.shared) + 0.0) DESC, shared.other_id) AS place
FROM (SELECT mine.artifact_id AS owner_id, theirs.artifact_id AS other_id, count(*) AS shared
FROM topic AS mine JOIN topic AS theirs ON theirs.name = mine.name AND theirs.artifact_id != mine.artifact_id
WHERE mine.artifact_id IN (?) GROUP BY mine.artifact_id, theirs.artifact_id) AS shared JOIN artifact AS owner ON owner.id = shared.owner_id JOIN artifact AS near ON near.id = shared.other_id) AS nearest JOIN artifact ON artifact.id = nearest.other_id
WHERE nearest.place <= ? ORDER BY nearest.owner_id, nearest.place;

SELECT capability.artifact_id, capability.name, capability.position
FROM capability
WHERE capability.artifact_id IN (?, ?, ?) AND capability.position BETWEEN ? AND ?;

