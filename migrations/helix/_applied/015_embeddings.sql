-- Embeddings of messages and notes, as plain arrays: not every server of ours has a vector type.

CREATE TABLE embeddings (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  source_table TEXT NOT NULL CHECK (source_table IN ('conversation_messages', 'notes')),
  source_id UUID NOT NULL,
  model TEXT NOT NULL,
  embedding REAL[] NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (source_table, source_id, model)
);
CREATE INDEX idx_embeddings_user_model ON embeddings(user_id, model);

CREATE FUNCTION cosine_similarity(a REAL[], b REAL[]) RETURNS DOUBLE PRECISION
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT sum(x::float8 * y) / NULLIF(sqrt(sum(x::float8 * x)) * sqrt(sum(y::float8 * y)), 0)
  FROM unnest(a, b) AS pairs(x, y);
$$;

CREATE FUNCTION match_embeddings(p_query REAL[], p_model TEXT, p_limit INTEGER DEFAULT 10)
RETURNS TABLE (source_table TEXT, source_id UUID, similarity DOUBLE PRECISION)
LANGUAGE sql STABLE AS $$
  SELECT e.source_table, e.source_id, cosine_similarity(e.embedding, p_query) AS similarity
  FROM embeddings e
  WHERE e.model = p_model
  ORDER BY similarity DESC NULLS LAST
  LIMIT p_limit;
$$;

ALTER TABLE embeddings ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view own embeddings" ON embeddings FOR SELECT USING (auth.uid() = user_id);
