-- One agenda out of calendar and tasks, and the conversations that are still open.

CREATE VIEW public.agenda WITH (security_invoker = true) AS
SELECT user_id, 'event'::text AS kind, id, title, starts_at AS at
FROM public.calendar_events
UNION ALL
SELECT user_id, 'task'::text, id, title, due_at
FROM public.tasks
WHERE status <> 'done' AND due_at IS NOT NULL;

CREATE VIEW public.active_conversations WITH (security_invoker = true) AS
SELECT id, user_id, title, channel, message_count, last_message_at
FROM public.conversations
WHERE NOT is_archived;

GRANT SELECT ON public.agenda, public.active_conversations TO authenticated;
REVOKE ALL ON public.agenda, public.active_conversations FROM anon;
