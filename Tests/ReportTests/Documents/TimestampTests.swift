import Report
import Testing

@Test(
  "a point in time is written in ISO 8601, UTC",
  arguments: [
    (0, "1970-01-01T00:00:00Z"),
    (951_782_399, "2000-02-28T23:59:59Z"),
    (951_782_400.9, "2000-02-29T00:00:00Z"),
    (1_770_336_271, "2026-02-06T00:04:31Z"),
    (-1, "1969-12-31T23:59:59Z"),
    (4_102_444_799, "2099-12-31T23:59:59Z"),
  ])
func timestamps(seconds: Double, text: String) {
  #expect(Timestamp.text(of: seconds) == text)
}
