SELECT artifact.availability, artifact.capability_count, artifact.id, artifact.kind, artifact.license, artifact.license_spdx, artifact.license_use, artifact.name, artifact.pricing, artifact.rank, artifact.slug, artifact.summary, artifact.times_matched
FROM artifact
WHERE artifact.slug IN (?, ?);

SELECT score.artifact_id, score.basis, score.dimension, score.value
FROM score
WHERE score.artifact_id IN (?, ?);

SELECT capability.artifact_id, capability.description, capability.name, capability.position, capability.uniqueness, capability.versus_alternatives
FROM capability
WHERE capability.artifact_id IN (?, ?) AND capability.position BETWEEN ? AND ?;

SELECT signal.artifact_id, max(signal.observed_on) AS newest
FROM signal
WHERE signal.artifact_id IN (?, ?) GROUP BY signal.artifact_id;

SELECT catalogue.loaded_at, catalogue.scored_on
FROM catalogue;

