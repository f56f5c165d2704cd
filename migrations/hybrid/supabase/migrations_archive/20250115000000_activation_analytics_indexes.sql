-- Activation analytics: from sign-up to the first workflow.

CREATE INDEX "utm_tracks_userId_idx" ON public.utm_tracks("userId");
CREATE INDEX utm_tracks_source_campaign_idx ON public.utm_tracks(source, campaign);
CREATE INDEX "utm_tracks_firstSeenAt_idx" ON public.utm_tracks("firstSeenAt");
CREATE INDEX "cohorts_cohortName_cohortDate_idx" ON public.cohorts("cohortName", "cohortDate");

-- For administrators: of the users since a day, how many got how far, by the source that they came from.
CREATE OR REPLACE FUNCTION public.activation_funnel(since DATE DEFAULT current_date - 30)
RETURNS TABLE (source TEXT, signed_up BIGINT, onboarded BIGINT, made_workflow BIGINT)
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT
    coalesce(t.source, 'direct'),
    count(*),
    count(*) FILTER (WHERE u."onboardedAt" IS NOT NULL),
    count(*) FILTER (WHERE EXISTS (SELECT 1 FROM public.workflows w WHERE w."userId" = u.id))
  FROM public.users u
  LEFT JOIN LATERAL (
    SELECT x.source FROM public.utm_tracks x WHERE x."userId" = u.id ORDER BY x."firstSeenAt" LIMIT 1
  ) t ON true
  WHERE u."createdAt" >= since
  GROUP BY 1
  ORDER BY 2 DESC
$$;
