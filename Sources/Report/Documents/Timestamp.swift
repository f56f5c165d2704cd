import Migrations

/// Points in time as text (ISO 8601, UTC).
public enum Timestamp {
  /// `2026-02-06T12:04:31Z` for seconds since 1970.
  public static func text(of seconds: Double) -> String { CivilTime(seconds).text }
}
