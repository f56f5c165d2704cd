-- All triggers that stamp updated_at, made anew with the function of 066; the old function goes.
-- Restored databases had lost some of them.

DROP TRIGGER IF EXISTS instances_set_updated_at ON public.instances;
DROP TRIGGER IF EXISTS subscriptions_set_updated_at ON public.subscriptions;
DROP TRIGGER IF EXISTS user_profiles_set_updated_at ON public.user_profiles;
DROP TRIGGER IF EXISTS user_preferences_set_updated_at ON public.user_preferences;
DROP TRIGGER IF EXISTS conversations_set_updated_at ON public.conversations;
DROP TRIGGER IF EXISTS workspaces_set_updated_at ON public.workspaces;
DROP TRIGGER IF EXISTS tasks_set_updated_at ON public.tasks;
DROP TRIGGER IF EXISTS notes_set_updated_at ON public.notes;
DROP TRIGGER IF EXISTS goals_set_updated_at ON public.goals;
DROP TRIGGER IF EXISTS custom_tools_set_updated_at ON public.custom_tools;
DROP TRIGGER IF EXISTS email_accounts_set_updated_at ON public.email_accounts;
DROP TRIGGER IF EXISTS calendar_events_set_updated_at ON public.calendar_events;
DROP TRIGGER IF EXISTS composite_skills_set_updated_at ON public.composite_skills;
DROP TRIGGER IF EXISTS agents_set_updated_at ON public.agents;
DROP TRIGGER IF EXISTS agent_memories_set_updated_at ON public.agent_memories;
DROP TRIGGER IF EXISTS autonomy_settings_set_updated_at ON public.autonomy_settings;
DROP TRIGGER IF EXISTS tenants_set_updated_at ON public.tenants;
DROP TRIGGER IF EXISTS integration_secrets_set_updated_at ON public.integration_secrets;

DROP FUNCTION IF EXISTS public.set_updated_at();

CREATE TRIGGER instances_touch_updated_at BEFORE UPDATE ON public.instances
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER subscriptions_touch_updated_at BEFORE UPDATE ON public.subscriptions
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER user_profiles_touch_updated_at BEFORE UPDATE ON public.user_profiles
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER user_preferences_touch_updated_at BEFORE UPDATE ON public.user_preferences
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER conversations_touch_updated_at BEFORE UPDATE ON public.conversations
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER workspaces_touch_updated_at BEFORE UPDATE ON public.workspaces
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER tasks_touch_updated_at BEFORE UPDATE ON public.tasks
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER notes_touch_updated_at BEFORE UPDATE ON public.notes
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER goals_touch_updated_at BEFORE UPDATE ON public.goals
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER custom_tools_touch_updated_at BEFORE UPDATE ON public.custom_tools
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER email_accounts_touch_updated_at BEFORE UPDATE ON public.email_accounts
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER calendar_events_touch_updated_at BEFORE UPDATE ON public.calendar_events
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER composite_skills_touch_updated_at BEFORE UPDATE ON public.composite_skills
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER prompt_templates_touch_updated_at BEFORE UPDATE ON public.prompt_templates
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER agents_touch_updated_at BEFORE UPDATE ON public.agents
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER agent_memories_touch_updated_at BEFORE UPDATE ON public.agent_memories
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER autonomy_settings_touch_updated_at BEFORE UPDATE ON public.autonomy_settings
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER tenants_touch_updated_at BEFORE UPDATE ON public.tenants
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER integration_secrets_touch_updated_at BEFORE UPDATE ON public.integration_secrets
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

DROP TRIGGER IF EXISTS on_auth_user_created ON auth.users;
CREATE TRIGGER on_auth_user_created AFTER INSERT ON auth.users
  FOR EACH ROW EXECUTE FUNCTION public.handle_new_user();

DROP TRIGGER IF EXISTS heartbeats_update_instance ON public.heartbeats;
CREATE TRIGGER heartbeats_update_instance AFTER INSERT ON public.heartbeats
  FOR EACH ROW EXECUTE FUNCTION public.record_heartbeat();

DROP TRIGGER IF EXISTS conversation_messages_count ON public.conversation_messages;
CREATE TRIGGER conversation_messages_count AFTER INSERT ON public.conversation_messages
  FOR EACH ROW EXECUTE FUNCTION public.count_conversation_message();
