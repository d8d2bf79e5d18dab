SELECT artifact.pricing, artifact.slug
FROM artifact
WHERE artifact.slug IN (?, ?);

