import Testing

@testable import Postgres

@Suite("The supported servers")
struct SupportedServerTests {
  private let endpoint = PostgresError.Endpoint(host: "h", port: "5432")

  @Test("are those from 13 on", arguments: [130_000, 130_023, 150_018, 180_006])
  func supported(version: Int) {
    #expect(SupportedServer.refusal(version: version, endpoint: endpoint) == nil)
  }

  @Test(
    "are told from older ones by name",
    arguments: [(120_022, "12.22"), (100_001, "10.1"), (90_624, "9.6.24")])
  func tooOld(version: Int, name: String) {
    let error = SupportedServer.refusal(version: version, endpoint: endpoint)
    #expect(error?.code == .unsupportedServer)
    #expect(error?.message == "the server is PostgreSQL \(name); Signalbox needs 13 or later")
  }
}
