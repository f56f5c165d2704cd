import TestServer
import Testing

@Suite("Locks in a plan")
struct PlanLockTests {
  @Test("are named for every table that cannot be written meanwhile, such as a foreign key's other one")
  func foreignKey() async throws {
    let project = TemporaryProject([
      "001_tables.sql":
        "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int CONSTRAINT c_p REFERENCES p);\n",
      "002_key.sql":
        "ALTER TABLE c DROP CONSTRAINT c_p;\nALTER TABLE c ADD CONSTRAINT c_p FOREIGN KEY (p) REFERENCES p;\nINSERT INTO c SELECT id FROM p;\n",
    ])
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      let plan = try await Program.run(
        ["plan", "--project", project.path, "--database", database.address])
      #expect(plan.status == 0)
      #expect(plan.output.contains("ACCESS EXCLUSIVE c; ACCESS EXCLUSIVE p"), "\(plan.output)")
      #expect(plan.output.contains("SHARE ROW EXCLUSIVE p"), "\(plan.output)")
      #expect(plan.output.contains("ROW EXCLUSIVE c\n"), "\(plan.output)")
    }
  }
}
