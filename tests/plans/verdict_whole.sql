SELECT artifact.availability, artifact.id, artifact.kind, artifact.license, artifact.license_use, artifact.name, artifact.slug
FROM artifact
WHERE artifact.slug IN (?, ?);

SELECT score.artifact_id, score.basis, score.dimension, score.observed_on, score.value
FROM score
WHERE score.artifact_id IN (?, ?);

SELECT "each".artifact_id, max("each".observed_on) AS newest
FROM (SELECT signal.artifact_id AS artifact_id, signal.observed_on AS observed_on
FROM signal
WHERE signal.artifact_id IN (?, ?) UNION ALL SELECT offer.artifact_id AS artifact_id, offer.observed_on AS observed_on
FROM offer
WHERE offer.artifact_id IN (?, ?)) AS "each" GROUP BY "each".artifact_id;

SELECT catalogue.loaded_at, catalogue.scored_on, catalogue.searched_until
FROM catalogue;

