-- Triggers: when a row was last changed, and how many revisions, drafts and holes a session has.

CREATE FUNCTION public.update_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END;
$$;

CREATE TRIGGER sessions_updated_at BEFORE UPDATE ON public.sessions
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at();
CREATE TRIGGER session_revisions_updated_at BEFORE UPDATE ON public.session_revisions
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at();
CREATE TRIGGER session_drafts_updated_at BEFORE UPDATE ON public.session_drafts
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at();
CREATE TRIGGER hole_resolutions_updated_at BEFORE UPDATE ON public.hole_resolutions
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at();

-- The difference is added, not counted anew: two rows at once both count. A session that is being deleted together
-- with its rows is no longer there to update.
CREATE FUNCTION public.update_revision_count() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE public.sessions SET revision_count = revision_count + 1 WHERE id = NEW.session_id;
  ELSE
    UPDATE public.sessions SET revision_count = revision_count - 1 WHERE id = OLD.session_id;
  END IF;
  RETURN NULL;
END;
$$;

CREATE FUNCTION public.update_draft_count() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE public.sessions SET draft_count = draft_count + 1 WHERE id = NEW.session_id;
  ELSE
    UPDATE public.sessions SET draft_count = draft_count - 1 WHERE id = OLD.session_id;
  END IF;
  RETURN NULL;
END;
$$;

CREATE FUNCTION public.update_hole_count() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE public.sessions SET hole_count = hole_count + 1 WHERE id = NEW.session_id;
  ELSE
    UPDATE public.sessions SET hole_count = hole_count - 1 WHERE id = OLD.session_id;
  END IF;
  RETURN NULL;
END;
$$;

CREATE TRIGGER session_revisions_count AFTER INSERT OR DELETE ON public.session_revisions
  FOR EACH ROW EXECUTE FUNCTION public.update_revision_count();
CREATE TRIGGER session_drafts_count AFTER INSERT OR DELETE ON public.session_drafts
  FOR EACH ROW EXECUTE FUNCTION public.update_draft_count();
CREATE TRIGGER hole_resolutions_count AFTER INSERT OR DELETE ON public.hole_resolutions
  FOR EACH ROW EXECUTE FUNCTION public.update_hole_count();
