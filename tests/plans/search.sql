SELECT kind.kind, kind.artifacts
FROM kind;

SELECT rank_order FROM artifact ORDER BY rank_order, id LIMIT 1 OFFSET ?;

SELECT term, documents FROM search_term WHERE term IN (SELECT value FROM json_each(?)) AND documents > 0;

SELECT term, documents FROM search_term WHERE term IN (SELECT value FROM json_each(?)) AND documents > 0;

SELECT term, documents FROM search_term WHERE term IN (SELECT value FROM json_each(?)) AND documents > 0;

SELECT number, artifact_id, names, aliases, topics, capabilities, about, CASE WHEN artifact.availability = 'REMOVED' THEN artifact.rank / 2 ELSE artifact.rank END FROM (SELECT min(number) AS number, place FROM (SELECT 0 AS number, place FROM (SELECT rowid AS place FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid LIMIT ?) UNION ALL SELECT 1 AS number, place FROM (SELECT rowid AS place FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid LIMIT ?)) AS each GROUP BY place) AS found JOIN search_document AS document ON document.place = found.place JOIN artifact ON artifact.id = document.artifact_id;

SELECT number, artifact_id, names, aliases, topics, capabilities, about, CASE WHEN artifact.availability = 'REMOVED' THEN artifact.rank / 2 ELSE artifact.rank END FROM (SELECT min(number) AS number, place FROM (SELECT 0 AS number, place FROM (SELECT rowid AS place FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid LIMIT ?) UNION ALL SELECT 1 AS number, place FROM (SELECT rowid AS place FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid LIMIT ?) UNION ALL SELECT 2 AS number, place FROM (SELECT rowid AS place FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid LIMIT ?) UNION ALL SELECT 3 AS number, place FROM (SELECT rowid AS place FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid LIMIT ?)) AS each GROUP BY place) AS found JOIN search_document AS document ON document.place = found.place JOIN artifact ON artifact.id = document.artifact_id;

SELECT number, artifact_id, names, aliases, topics, capabilities, about, CASE WHEN artifact.availability = 'REMOVED' THEN artifact.rank / 2 ELSE artifact.rank END FROM (SELECT min(number) AS number, place FROM (SELECT 0 AS number, place FROM (SELECT rowid AS place FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid LIMIT ?) UNION ALL SELECT 1 AS number, place FROM (SELECT rowid AS place FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid LIMIT ?)) AS each GROUP BY place) AS found JOIN search_document AS document ON document.place = found.place JOIN artifact ON artifact.id = document.artifact_id;

SELECT artifact.id, artifact.name, artifact.slug, artifact.summary, artifact.uses
FROM artifact
WHERE artifact.id IN (?, ?);

SELECT capability.artifact_id, capability.description, capability.name, capability.position
FROM capability
WHERE capability.artifact_id IN (?, ?);

SELECT id, name FROM (SELECT rowid AS place FROM search_name WHERE search_name MATCH ? ORDER BY rowid LIMIT ?) CROSS JOIN search_document USING (place) CROSS JOIN artifact ON artifact.id = artifact_id ORDER BY place;

SELECT artifact.id, artifact.kind, artifact.name
FROM artifact
WHERE artifact.id IN (?, ?);

