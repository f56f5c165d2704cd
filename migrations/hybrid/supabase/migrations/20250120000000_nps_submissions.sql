-- NPS submissions: how likely somebody is to recommend the product. Safe to run again, on its own and before or after
-- the master schema, which has the table too; the score is only here.

CREATE TABLE IF NOT EXISTS public.nps_submissions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID,
  score INTEGER NOT NULL,
  comment TEXT,
  source TEXT NOT NULL DEFAULT 'in_app',
  "submittedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT nps_submissions_score_check CHECK (score BETWEEN 0 AND 10)
);

DO $$
BEGIN
  IF to_regclass('public.users') IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM pg_constraint
    WHERE conrelid = 'public.nps_submissions'::regclass AND conname = 'nps_submissions_userId_fkey')
  THEN
    ALTER TABLE public.nps_submissions ADD CONSTRAINT "nps_submissions_userId_fkey"
      FOREIGN KEY ("userId") REFERENCES public.users(id) ON DELETE SET NULL ON UPDATE CASCADE;
  END IF;
END $$;

CREATE INDEX IF NOT EXISTS "nps_submissions_userId_idx" ON public.nps_submissions("userId");
CREATE INDEX IF NOT EXISTS "nps_submissions_submittedAt_idx" ON public.nps_submissions("submittedAt");
COMMENT ON TABLE public.nps_submissions
  IS 'NPS survey responses: how likely somebody is to recommend the product, from 0 to 10';
COMMENT ON COLUMN public.nps_submissions.score IS 'From 0, not at all likely, to 10, extremely likely';
COMMENT ON COLUMN public.nps_submissions.source IS 'Where the question was asked';

ALTER TABLE public.nps_submissions ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS "Users can view own NPS submissions" ON public.nps_submissions;
CREATE POLICY "Users can view own NPS submissions" ON public.nps_submissions
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own NPS submissions" ON public.nps_submissions;
CREATE POLICY "Users can insert own NPS submissions" ON public.nps_submissions
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");

-- The share of promoters (9, 10) less that of detractors (0 to 6), from -100 to 100; null without submissions.
CREATE OR REPLACE FUNCTION public.nps_score(
  since TIMESTAMPTZ DEFAULT '-infinity', until TIMESTAMPTZ DEFAULT 'infinity'
) RETURNS NUMERIC
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT round(
    100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / nullif(count(*), 0), 1)
  FROM public.nps_submissions
  WHERE "submittedAt" >= since AND "submittedAt" < until
$$;
