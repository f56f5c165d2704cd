-- People, places and things that conversations mention, and how they relate.

CREATE TABLE entities (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'place', 'organisation', 'project', 'thing')),
  name TEXT NOT NULL,
  aliases TEXT[] NOT NULL DEFAULT '{}',
  mention_count INTEGER NOT NULL DEFAULT 1,
  first_seen_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (user_id, kind, name)
);
CREATE INDEX idx_entities_aliases ON entities USING gin (aliases);

CREATE TABLE entity_relations (
  from_entity_id UUID NOT NULL REFERENCES entities(id) ON DELETE CASCADE,
  to_entity_id UUID NOT NULL REFERENCES entities(id) ON DELETE CASCADE,
  relation TEXT NOT NULL,
  source_memory_id UUID REFERENCES memories(id) ON DELETE SET NULL,
  PRIMARY KEY (from_entity_id, to_entity_id, relation),
  CONSTRAINT entity_relations_not_self CHECK (from_entity_id <> to_entity_id)
);
CREATE INDEX idx_entity_relations_to ON entity_relations(to_entity_id);

-- Everything within so many steps of an entity.
CREATE FUNCTION related_entities(p_entity_id UUID, p_depth INTEGER DEFAULT 2)
RETURNS TABLE (entity_id UUID, distance INTEGER)
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE reached(id, distance) AS (
    SELECT p_entity_id, 0
    UNION
    SELECT CASE WHEN r.from_entity_id = reached.id THEN r.to_entity_id ELSE r.from_entity_id END, reached.distance + 1
    FROM reached JOIN entity_relations r ON reached.id IN (r.from_entity_id, r.to_entity_id)
    WHERE reached.distance < p_depth
  )
  SELECT id, min(distance) FROM reached WHERE id <> p_entity_id GROUP BY id;
$$;

ALTER TABLE entities ENABLE ROW LEVEL SECURITY;
ALTER TABLE entity_relations ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own entities" ON entities
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users manage relations of own entities" ON entity_relations
  FOR ALL USING (from_entity_id IN (SELECT e.id FROM entities e WHERE e.user_id = auth.uid()));
