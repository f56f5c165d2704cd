-- Analytics for dashboards. Plain views that run with their reader's rights: a materialized view cannot have row-level
-- security and would show everybody's sessions to every client.

CREATE VIEW public.session_summary WITH (security_invoker = true) AS
SELECT
  s.id AS session_id,
  s.user_id,
  s.title,
  s.status,
  s.revision_count,
  s.draft_count,
  s.hole_count,
  coalesce(d.total_tokens, 0) AS total_tokens,
  coalesce(d.total_cost_usd, 0) AS total_cost_usd,
  d.average_generation_time_ms,
  coalesce(s.finalized_at, s.updated_at) - s.created_at AS duration,
  s.created_at,
  s.updated_at
FROM public.sessions s
LEFT JOIN LATERAL (
  SELECT
    sum(tokens_used) AS total_tokens,
    sum(cost_usd) AS total_cost_usd,
    avg(generation_time_ms) AS average_generation_time_ms
  FROM public.session_drafts
  WHERE session_id = s.id
) d ON true;

CREATE VIEW public.user_analytics WITH (security_invoker = true) AS
SELECT
  user_id,
  count(*) AS total_sessions,
  count(*) FILTER (WHERE status = 'finalized') AS finalized_sessions,
  count(*) FILTER (WHERE status = 'error') AS failed_sessions,
  sum(total_tokens) AS total_tokens,
  sum(total_cost_usd) AS total_cost_usd,
  round(
    count(*) FILTER (WHERE status = 'finalized')::numeric
      / nullif(count(*) FILTER (WHERE status IN ('finalized', 'error')), 0),
    4) AS success_rate,
  max(updated_at) AS last_active_at
FROM public.session_summary
GROUP BY user_id;

CREATE VIEW public.recent_activity WITH (security_invoker = true) AS
SELECT
  s.id AS session_id,
  s.user_id,
  s.title,
  s.prompt,
  s.status,
  s.target_language,
  s.revision_count,
  s.draft_count,
  s.hole_count,
  r.source AS last_revision_source,
  r.created_at AS last_revision_at,
  d.draft_number AS last_draft_number,
  d.syntax_valid AS last_draft_syntax_valid,
  d.ast_valid AS last_draft_ast_valid,
  d.created_at AS last_draft_at,
  s.metadata,
  s.created_at,
  s.updated_at
FROM public.sessions s
LEFT JOIN LATERAL (
  SELECT source, created_at FROM public.session_revisions
  WHERE session_id = s.id ORDER BY revision_number DESC LIMIT 1
) r ON true
LEFT JOIN LATERAL (
  SELECT draft_number, syntax_valid, ast_valid, created_at FROM public.session_drafts
  WHERE session_id = s.id ORDER BY draft_number DESC LIMIT 1
) d ON true
ORDER BY s.updated_at DESC
LIMIT 100;

CREATE VIEW public.draft_validation_stats WITH (security_invoker = true) AS
SELECT
  user_id,
  language,
  llm_model,
  count(*) AS total_drafts,
  count(*) FILTER (WHERE syntax_valid) AS syntax_valid_drafts,
  count(*) FILTER (WHERE ast_valid) AS ast_valid_drafts,
  round(avg(syntax_valid::integer), 4) AS syntax_success_rate,
  round(avg(ast_valid::integer), 4) AS ast_success_rate,
  avg(generation_time_ms) AS average_generation_time_ms,
  sum(cost_usd) AS total_cost_usd
FROM public.session_drafts
GROUP BY user_id, language, llm_model;
