-- Recurring events: the rule of a series, and the dates on which it does not hold.
-- Left out of 021 by mistake.

ALTER TABLE public.calendar_events
  ADD COLUMN recurrence_rule TEXT,
  ADD COLUMN series_id UUID REFERENCES public.calendar_events(id) ON DELETE CASCADE;

CREATE TABLE public.calendar_event_exceptions (
  event_id UUID NOT NULL REFERENCES public.calendar_events(id) ON DELETE CASCADE,
  original_start TIMESTAMPTZ NOT NULL,
  moved_to TIMESTAMPTZ,
  PRIMARY KEY (event_id, original_start)
);
ALTER TABLE public.calendar_event_exceptions ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage exceptions of own events" ON public.calendar_event_exceptions
  FOR ALL USING (EXISTS (SELECT 1 FROM public.calendar_events e WHERE e.id = event_id AND e.user_id = auth.uid()));
