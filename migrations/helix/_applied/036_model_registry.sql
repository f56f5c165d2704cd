-- Language models that the assistant may use, with their prices.

CREATE TABLE ai_models (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  display_name TEXT NOT NULL,
  context_window INTEGER NOT NULL CHECK (context_window > 0),
  input_price_per_million NUMERIC(10,4) NOT NULL DEFAULT 0,
  output_price_per_million NUMERIC(10,4) NOT NULL DEFAULT 0,
  minimum_tier subscription_tier NOT NULL DEFAULT 'free',
  is_enabled BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

INSERT INTO ai_models (id, provider, display_name, context_window, input_price_per_million, output_price_per_million, minimum_tier)
VALUES
  ('helix-small', 'helix', 'Helix Small', 32000, 0.2, 0.8, 'free'),
  ('helix-large', 'helix', 'Helix Large', 200000, 3, 15, 'personal'),
  ('helix-embed', 'helix', 'Helix Embeddings', 8192, 0.02, 0, 'free')
ON CONFLICT (id) DO UPDATE SET
  input_price_per_million = excluded.input_price_per_million,
  output_price_per_million = excluded.output_price_per_million;

ALTER TABLE ai_models ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Everyone can view enabled models" ON ai_models FOR SELECT USING (is_enabled);
ALTER TABLE conversations ADD COLUMN model_id TEXT REFERENCES ai_models(id);
