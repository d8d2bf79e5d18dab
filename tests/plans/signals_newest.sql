SELECT artifact.id, artifact.slug
FROM artifact
WHERE artifact.slug IN (?);

SELECT signal.artifact_id, signal.name, signal.observed_on, signal.value, source.title AS source_title
FROM signal LEFT OUTER JOIN source ON source.id = signal.source_id
WHERE signal.artifact_id IN (?) AND signal.name IN (?) AND signal.observed_on = (SELECT max(later.observed_on) AS max_1
FROM signal AS later
WHERE later.artifact_id = signal.artifact_id AND later.name = signal.name);

