-- Prompt templates: the service's own (no owner), and those of a person. Each change keeps the version before it.

CREATE TABLE public.prompt_templates (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID REFERENCES auth.users(id) ON DELETE CASCADE,
  slug TEXT NOT NULL,
  template TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX idx_prompt_templates_slug
  ON public.prompt_templates(coalesce(user_id, '00000000-0000-0000-0000-000000000000'::uuid), slug);

CREATE TABLE public.prompt_template_versions (
  template_id UUID NOT NULL REFERENCES public.prompt_templates(id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  template TEXT NOT NULL,
  replaced_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (template_id, version)
);

CREATE FUNCTION public.keep_prompt_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.template IS DISTINCT FROM OLD.template THEN
    INSERT INTO prompt_template_versions (template_id, version, template)
    VALUES (OLD.id, OLD.version, OLD.template);
    NEW.version := OLD.version + 1;
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER prompt_templates_keep_version BEFORE UPDATE ON public.prompt_templates
  FOR EACH ROW EXECUTE FUNCTION public.keep_prompt_version();

INSERT INTO public.prompt_templates (slug, template) VALUES
  ('synthesis', 'Read the conversation and name emotions, goals and what should be remembered.'),
  ('summary', 'Summarise the conversation in three sentences.')
ON CONFLICT DO NOTHING;

ALTER TABLE public.prompt_templates ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.prompt_template_versions ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view shared and own prompts" ON public.prompt_templates
  FOR SELECT USING (user_id IS NULL OR user_id = auth.uid());
CREATE POLICY "Users manage own prompts" ON public.prompt_templates
  FOR ALL USING (user_id = auth.uid()) WITH CHECK (user_id = auth.uid());
