-- Functions that act with their owner's rights are not for everyone, and all functions get a fixed search path.

REVOKE EXECUTE ON FUNCTION public.increment_usage(UUID, TEXT, BIGINT) FROM PUBLIC, anon, authenticated;
REVOKE EXECUTE ON FUNCTION public.notify_user(UUID, TEXT, TEXT, TEXT) FROM PUBLIC, anon, authenticated;
REVOKE EXECUTE ON FUNCTION public.enqueue_memory_synthesis(UUID) FROM PUBLIC, anon, authenticated;
REVOKE EXECUTE ON FUNCTION public.sign_webhook_payload(UUID, TEXT) FROM PUBLIC, anon, authenticated;
REVOKE EXECUTE ON FUNCTION public.create_model_usage_partition(DATE) FROM PUBLIC, anon, authenticated;
REVOKE EXECUTE ON FUNCTION public.user_id_of_api_key(TEXT) FROM PUBLIC, anon, authenticated;
REVOKE EXECUTE ON FUNCTION public.create_api_key(TEXT, TEXT[], INTERVAL, UUID) FROM PUBLIC, anon;
REVOKE EXECUTE ON FUNCTION public.accept_tenant_invitation(TEXT) FROM PUBLIC, anon;

ALTER FUNCTION public.count_conversation_message() SET search_path = public;
ALTER FUNCTION public.stamp_task_completion() SET search_path = public;
ALTER FUNCTION public.apply_goal_progress() SET search_path = public;
ALTER FUNCTION public.search_notes(TEXT, INTEGER) SET search_path = public;
ALTER FUNCTION public.match_embeddings(REAL[], TEXT, INTEGER) SET search_path = public;
ALTER FUNCTION public.related_entities(UUID, INTEGER) SET search_path = public;
