SELECT artifact.availability, artifact.id, artifact.kind, artifact.license, artifact.license_use, artifact.name, artifact.slug
FROM artifact
WHERE artifact.slug IN (?, ?);

SELECT score.artifact_id, score.basis, score.dimension, score.value
FROM score
WHERE score.artifact_id IN (?, ?);

SELECT signal.artifact_id, max(signal.observed_on) AS newest
FROM signal
WHERE signal.artifact_id IN (?, ?) GROUP BY signal.artifact_id;

SELECT catalogue.loaded_at, catalogue.scored_on
FROM catalogue;

