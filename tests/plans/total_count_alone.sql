SELECT count(*) AS total
FROM artifact
WHERE artifact.kind IN (?);

