/// Says why a connection fails, or what a connection that stands is good for: a pure function of the facts.
public enum ConnectionJudge {
  /// The findings: failures first, and what explains the most before the rest: the address, names, the attempt, the server,
  /// where settings come from.
  public static func findings(_ facts: ConnectionFacts) -> [ConnectionFinding] {
    var findings: [ConnectionFinding] = []
    if let address = facts.address {
      findings += AddressFindings(address: address, error: facts.addressError).findings
    }
    findings += NameFindings(facts: facts).findings
    switch facts.outcome {
    case .notTried: break
    case .failed(let attempts): findings += AttemptFindings(facts: facts, attempts: attempts).findings
    case .connected(let reading): findings += ServerFindings(facts: facts, reading: reading).findings
    }
    if let pooler = PoolerRules.finding(for: facts) { findings.append(pooler) }
    findings += SettingFindings(facts: facts).findings
    return findings.filter { $0.severity == .failure } + findings.filter { $0.severity != .failure }
  }

  /// Whether an address cannot lead anywhere, so that nothing needs to be asked; an attempt would only repeat parts of
  /// a password as if they were a host.
  public static func isHopeless(_ address: ConnectionAddress, error: String?) -> Bool {
    AddressFindings(address: address, error: error).isHopeless
  }
}
