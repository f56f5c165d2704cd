import Testing

@Suite("What calls of the project's own functions do")
struct CallTrials {
  private static let make = """
    CREATE FUNCTION make(name text, again boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      IF again THEN EXECUTE format('DROP TABLE %I', name); END IF;
      EXECUTE format('CREATE TABLE %I (id serial PRIMARY KEY)', name);
    END $$;
    """

  @Test("functions and procedures")
  func calls() async throws {
    let make = Self.make
    try await StatementTrial.run([
      .init("constants", make + "SELECT make('w')"),
      .init("made again", make + "SELECT make('w'); SELECT make('w', true)"),
      .init("by name, in a block", make + "DO $$ BEGIN PERFORM make(name => 'w'); END $$"),
      .init("for each of a list", make + "SELECT make(n) FROM unnest(ARRAY['w', 'x']) AS n"),
      .init("for each number", make + "SELECT make('w' || n) FROM generate_series(1, 3) AS n"),
      .init(
        "through a function in SQL with its own path",
        make + "CREATE SCHEMA app; CREATE FUNCTION twice(text) RETURNS void LANGUAGE sql "
          + "SET search_path = app, public AS $$ SELECT make($1); SELECT make($1 || '2') $$; SELECT twice('w')"
      ),
      .init(
        "an event trigger", given: "CREATE SCHEMA app",
        """
        CREATE FUNCTION secure() RETURNS event_trigger LANGUAGE plpgsql AS $$
        DECLARE made record;
        BEGIN
          FOR made IN SELECT * FROM pg_event_trigger_ddl_commands()
            WHERE command_tag IN ('CREATE TABLE', 'CREATE TABLE AS') AND object_type = 'table'
          LOOP
            IF made.schema_name = 'public' THEN
              EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', made.object_identity);
            END IF;
          END LOOP;
        END $$;
        CREATE EVENT TRIGGER secure ON ddl_command_end EXECUTE FUNCTION secure();
        CREATE TABLE w (id serial PRIMARY KEY, "Name" text UNIQUE);
        CREATE TABLE "Odd name" AS SELECT 1 AS a;
        CREATE TABLE app.x (a integer)
        """),
    ])
  }

  @Test("where new objects come to be")
  func searchPaths() async throws {
    try await StatementTrial.run([
      .init(
        "a schema that is made later",
        "SET LOCAL search_path = app, public; CREATE TABLE t (a integer); CREATE SCHEMA app; CREATE TABLE u (a integer)"
      ),
      .init(
        "a schema that was dropped",
        "CREATE SCHEMA app; DROP SCHEMA app; SET LOCAL search_path = app, public; CREATE TABLE t (a integer)"),
      .init(
        "a function's own path ends with its call", given: "CREATE SCHEMA app",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql SET search_path = app AS 'BEGIN CREATE TABLE t (a integer); END'; SELECT f(); CREATE TABLE u (a integer)"
      ),
      .init(
        "a path that a called function sets stays", given: "CREATE SCHEMA app",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN SET LOCAL search_path = app; CREATE TABLE t (a integer); END'; SELECT f(); CREATE TABLE u (a integer)"
      ),
    ])
  }
}
