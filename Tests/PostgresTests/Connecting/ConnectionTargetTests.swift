import Testing

@testable import Postgres

@Suite("The servers of a configuration")
struct ConnectionTargetTests {
  private func list(_ parameters: [String: String]) throws -> [ConnectionTarget] {
    try ConnectionTarget.list(parameters, socketDirectory: "/run/pg")
  }

  @Test("are the default socket when none is named")
  func standard() throws {
    #expect(try list([:]) == [ConnectionTarget(host: "/run/pg", address: nil, port: "5432")])
  }

  @Test("are listed in order, with a port each or one for all")
  func several() throws {
    #expect(
      try list(["host": "a,/tmp,c", "port": "1,,3"]) == [
        ConnectionTarget(host: "a", address: nil, port: "1"),
        ConnectionTarget(host: "/tmp", address: nil, port: "5432"),
        ConnectionTarget(host: "c", address: nil, port: "3"),
      ])
    #expect(try list(["host": "a,b", "port": "7"]).map(\.port) == ["7", "7"])
  }

  @Test("keep their name beside an address that is given")
  func addresses() throws {
    let targets = try list(["host": "db.internal,", "hostaddr": "10.0.0.1,10.0.0.2"])
    #expect(
      targets == [
        ConnectionTarget(host: "db.internal", address: "10.0.0.1", port: "5432"),
        ConnectionTarget(host: "10.0.0.2", address: "10.0.0.2", port: "5432"),
      ])
    #expect(targets.allSatisfy { !$0.isSocketDirectory })
  }

  @Test(
    "are refused when the lists do not fit or a port is none",
    arguments: [
      ["host": "a,b", "hostaddr": "1.2.3.4"], ["host": "a,b", "port": "1,2,3"], ["port": "x"], ["port": "0"],
      ["port": "65536"],
    ])
  func misfit(parameters: [String: String]) throws {
    let error = try #require(throws: PostgresError.self) { try list(parameters) }
    #expect(error.code == .configuration)
  }

  @Test("are gone through twice to prefer a standby")
  func passes() {
    #expect(ConnectionTarget.passes(nil) == ["any"])
    #expect(ConnectionTarget.passes("read-write") == ["read-write"])
    #expect(ConnectionTarget.passes("prefer-standby") == ["standby", "any"])
  }
}
