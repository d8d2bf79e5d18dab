SELECT artifact.availability, artifact.capability_count, artifact.id, artifact.kind, artifact.license, artifact.name, artifact.pricing, artifact.released_on, artifact.slug, artifact.times_matched, artifact.updated_on
FROM artifact
WHERE artifact.slug IN (?, ?);

SELECT score.artifact_id, score.basis, score.dimension, score.value
FROM score
WHERE score.artifact_id IN (?, ?);

