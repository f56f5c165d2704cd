-- Upserts for the sync service. Numbered by hand, to come before everything; plpgsql looks the tables up when called.

CREATE OR REPLACE FUNCTION public.upsert_pattern(
  file_extension TEXT, duration_ms DOUBLE PRECISION DEFAULT NULL, seen_at TIMESTAMPTZ DEFAULT now()
) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  INSERT INTO public.patterns AS p ("userId", "fileExtension", frequency, "averageDurationMs", "lastAccessed")
  VALUES (auth.uid(), file_extension, 1, duration_ms, seen_at)
  ON CONFLICT ("userId", "fileExtension") DO UPDATE SET
    frequency = p.frequency + 1,
    "averageDurationMs" = coalesce(
      (p."averageDurationMs" * p.frequency + excluded."averageDurationMs") / (p.frequency + 1),
      excluded."averageDurationMs", p."averageDurationMs"),
    "lastAccessed" = greatest(p."lastAccessed", excluded."lastAccessed");
END;
$$;

-- The more often two files are used together, the closer the strength comes to 1.
CREATE OR REPLACE FUNCTION public.upsert_relationship(
  source_file TEXT, target_file TEXT, relation_type TEXT DEFAULT 'used_with'
) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  INSERT INTO public.relationships AS r ("userId", "sourceFile", "targetFile", "relationType", strength)
  VALUES (auth.uid(), source_file, target_file, relation_type, 0.1)
  ON CONFLICT ("userId", "sourceFile", "targetFile", "relationType") DO UPDATE SET
    occurrences = r.occurrences + 1,
    strength = 1 - power(0.9, r.occurrences + 1);
END;
$$;

CREATE OR REPLACE FUNCTION public.upsert_signal_toggle(
  signal_key TEXT, enabled BOOLEAN, sampling_rate DOUBLE PRECISION DEFAULT 1
) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  INSERT INTO public.signal_toggles ("userId", "signalKey", "isEnabled", "samplingRate")
  VALUES (auth.uid(), signal_key, enabled, sampling_rate)
  ON CONFLICT ("userId", "signalKey") DO UPDATE SET
    "isEnabled" = excluded."isEnabled", "samplingRate" = excluded."samplingRate";
END;
$$;
