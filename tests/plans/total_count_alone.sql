SELECT coalesce(sum(kind.artifacts - kind.removed), ?) AS total
FROM kind
WHERE kind.kind IN (?);

