/// What the files say that settings come from.
struct SettingFindings {
  let facts: ConnectionFacts

  var findings: [ConnectionFinding] {
    var findings: [ConnectionFinding] = []
    for file in facts.environmentFiles {
      if let error = file.error {
        findings.append(
          ConnectionFinding(
            .environmentFileUnreadable, .warning, "\(file.path) cannot be read: \(error)",
            advice: "mend it, or its variables are not known here"))
      }
      if file.isTracked == true {
        let secrets = file.secretNames
        let what = secrets.isEmpty ? "" : ", with \(secrets.joined(separator: ", "))"
        findings.append(
          ConnectionFinding(
            .environmentFileCommitted, secrets.isEmpty ? .pass : .warning, "git keeps \(file.path)\(what)",
            advice: secrets.isEmpty
              ? nil
              : "`git rm --cached \(file.path)`, a line in .gitignore, and new passwords: whoever has the repository has these"
          ))
      }
      if !file.overridden.isEmpty {
        findings.append(
          ConnectionFinding(
            .environmentFileOverridden, .warning,
            "\(file.overridden.joined(separator: ", ")) of \(file.path) does not count: the environment says something else",
            advice: "unset it in the shell if the file is meant"))
      }
    }
    if let path = facts.openPasswordFile {
      findings.append(
        ConnectionFinding(
          .settingsPasswordFileIgnored, .warning, "libpq leaves \(path) aside, because others may read it",
          advice: "chmod 600 \(path)"))
    }
    if let service = facts.missingService {
      findings.append(
        ConnectionFinding(
          .settingsServiceMissing, .failure, "no service file has a service `\(service)`",
          advice: "write a section [\(service)] into ~/.pg_service.conf, or name the file with PGSERVICEFILE")
      )
    }
    return findings
  }
}
