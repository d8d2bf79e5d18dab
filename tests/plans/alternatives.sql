SELECT artifact.id, artifact.kind, artifact.slug
FROM artifact
WHERE artifact.slug IN (?);

WITH topics AS
(SELECT topic.artifact_id AS artifact_id, topic.name AS name, topic.is_task AS is_task, (SELECT count(*) AS count_1
FROM (SELECT ? AS anon_1
FROM topic AS counted
WHERE counted.name = topic.name
LIMIT ? OFFSET ?) AS some) AS members
FROM topic
WHERE topic.artifact_id IN (?)),
mine AS
(SELECT topics.artifact_id AS owner_id, topics.name AS name, CASE WHEN topics.is_task THEN ? ELSE ? END AS task, CASE WHEN (topics.members >= ?) THEN ? WHEN (topics.members >= ?) THEN ? WHEN (topics.members >= ?) THEN ? WHEN (topics.members >= ?) THEN ? WHEN (topics.members >= ?) THEN ? WHEN (topics.members >= ?) THEN ? WHEN (topics.members >= ?) THEN ? WHEN (topics.members >= ?) THEN ? WHEN (topics.members >= ?) THEN ? WHEN (topics.members >= ?) THEN ? WHEN (topics.members >= ?) THEN ? END AS weight
FROM topics),
candidates AS
(SELECT mine.owner_id AS owner_id, their_benchmark.artifact_id AS other_id
FROM mine JOIN topic AS their_benchmark ON their_benchmark.name = mine.name AND their_benchmark.kind = ? AND their_benchmark.artifact_id <= coalesce((SELECT member_benchmark.artifact_id
FROM topic AS member_benchmark
WHERE member_benchmark.name = mine.name AND member_benchmark.kind = ? ORDER BY member_benchmark.artifact_id
LIMIT ? OFFSET ?), ?)
WHERE mine.owner_id IN (?) UNION SELECT owner_benchmark.id AS id, best_benchmark.id AS id_1
FROM artifact AS owner_benchmark JOIN (SELECT artifact.id AS id
FROM artifact
WHERE artifact.kind = ? AND artifact.rank_order <= ? ORDER BY artifact.rank_order, artifact.id
LIMIT ? OFFSET ?) AS best_benchmark ON 1 = 1
WHERE owner_benchmark.id IN (?) UNION SELECT mine.owner_id AS owner_id, their_dataset.artifact_id AS other_id
FROM mine JOIN topic AS their_dataset ON their_dataset.name = mine.name AND their_dataset.kind = ? AND their_dataset.artifact_id <= coalesce((SELECT member_dataset.artifact_id
FROM topic AS member_dataset
WHERE member_dataset.name = mine.name AND member_dataset.kind = ? ORDER BY member_dataset.artifact_id
LIMIT ? OFFSET ?), ?)
WHERE mine.owner_id IN (?) UNION SELECT owner_dataset.id AS id, best_dataset.id AS id_2
FROM artifact AS owner_dataset JOIN (SELECT artifact.id AS id
FROM artifact
WHERE artifact.kind = ? AND artifact.rank_order <= ? ORDER BY artifact.rank_order, artifact.id
LIMIT ? OFFSET ?) AS best_dataset ON 1 = 1
WHERE owner_dataset.id IN (?))
SELECT nearest.owner_id, nearest.place, nearest.shared, nearest.nearness, artifact.id, artifact.slug
FROM (SELECT shared.owner_id AS owner_id, shared.other_id AS other_id, shared.shared AS shared, (CAST(shared.weight AS FLOAT) / (((whole.weight + near.topic_count) - shared.shared) + 0.0)) / (CASE WHEN (whole.tasks = ? OR shared.tasks > ?) THEN ? ELSE ? END + 0.0) AS nearness, row_number() OVER (PARTITION BY shared.owner_id ORDER BY (CAST(shared.weight AS FLOAT) / (((whole.weight + near.topic_count) - shared.shared) + 0.0)) / (CASE WHEN (whole.tasks = ? OR shared.tasks > ?) THEN ? ELSE ? END + 0.0) DESC, near.rank_order, near.slug) AS place
FROM (SELECT candidates.owner_id AS owner_id, candidates.other_id AS other_id, count(*) AS shared, sum(mine.weight) AS weight, sum(mine.task) AS tasks
FROM candidates JOIN mine ON mine.owner_id = candidates.owner_id JOIN topic AS theirs ON theirs.artifact_id = candidates.other_id AND theirs.name = mine.name
WHERE candidates.other_id != candidates.owner_id GROUP BY candidates.owner_id, candidates.other_id) AS shared JOIN (SELECT mine.owner_id AS owner_id, sum(mine.weight) AS weight, sum(mine.task) AS tasks
FROM mine GROUP BY mine.owner_id) AS whole ON whole.owner_id = shared.owner_id JOIN artifact AS near ON near.id = shared.other_id
WHERE near.availability != ?) AS nearest JOIN artifact ON artifact.id = nearest.other_id
WHERE nearest.place <= ? ORDER BY nearest.owner_id, nearest.place;

SELECT capability.artifact_id, capability.name, capability.position
FROM capability
WHERE capability.artifact_id IN (?, ?, ?) AND capability.position BETWEEN ? AND ?;

