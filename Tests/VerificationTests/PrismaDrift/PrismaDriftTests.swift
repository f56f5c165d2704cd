import Prisma
import Testing
import Verification

@Suite("A Prisma schema against the database and the files")
struct PrismaDriftTests {
  /// What Prisma Migrate makes of ``schema``, in the words that it uses.
  private static let sql = """
    CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
    CREATE TABLE "User" (
      "id" SERIAL NOT NULL, "email" TEXT NOT NULL, "name" VARCHAR(80), "role" "Role" NOT NULL DEFAULT 'USER',
      "tags" TEXT[] DEFAULT ARRAY[]::TEXT[], "settings" JSONB NOT NULL DEFAULT '{"a": 1}',
      "key" UUID NOT NULL DEFAULT gen_random_uuid(), "balance" DECIMAL(10,2) NOT NULL DEFAULT 0,
      "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" TIMESTAMP(3) NOT NULL,
      CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
    CREATE TABLE posts (
      "id" TEXT NOT NULL, "title" TEXT NOT NULL, "author_id" INTEGER NOT NULL, "reviewer" INTEGER,
      "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP, "body" tsvector,
      CONSTRAINT "posts_pkey" PRIMARY KEY ("id"));
    CREATE TABLE "_PostToTag" (
      "A" TEXT NOT NULL, "B" INTEGER NOT NULL, CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A","B"));
    CREATE TABLE "Tag" ("id" BIGSERIAL NOT NULL, "label" TEXT NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
    ALTER TABLE "_PostToTag" ALTER "B" TYPE BIGINT;
    CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
    CREATE UNIQUE INDEX "posts_title_author_id_key" ON posts("title", "author_id");
    CREATE INDEX "posts_at_title_idx" ON posts("at" DESC, "title");
    CREATE INDEX "posts_body_idx" ON posts USING GIN ("body");
    CREATE INDEX "User_settings_idx" ON "User" USING GIN ("settings" jsonb_path_ops);
    CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B");
    CREATE INDEX "active" ON posts("title") WHERE "reviewer" IS NOT NULL;
    ALTER TABLE posts ADD CONSTRAINT "posts_author_id_fkey"
      FOREIGN KEY ("author_id") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
    ALTER TABLE posts ADD CONSTRAINT "posts_reviewer_fkey"
      FOREIGN KEY ("reviewer") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey"
      FOREIGN KEY ("A") REFERENCES posts("id") ON DELETE CASCADE ON UPDATE CASCADE;
    ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_B_fkey"
      FOREIGN KEY ("B") REFERENCES "Tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;
    CREATE VIEW recent AS SELECT id, title FROM posts;
    """

  private static let schema = """
    datasource db {
      provider = "postgresql"
      url      = env("DATABASE_URL")
    }
    enum Role {
      USER
      ADMIN
    }
    model User {
      id        Int      @id @default(autoincrement())
      email     String   @unique
      name      String?  @db.VarChar(80)
      role      Role     @default(USER)
      tags      String[] @default([])
      settings  Json     @default("{\\"a\\":1}")
      key       String   @default(dbgenerated("gen_random_uuid()")) @db.Uuid
      balance   Decimal  @default(0) @db.Decimal(10, 2)
      createdAt DateTime @default(now())
      updatedAt DateTime @updatedAt
      posts     Post[]   @relation("author")
      reviews   Post[]   @relation("reviewer")
      @@index([settings(ops: JsonbPathOps)], type: Gin)
    }
    model Post {
      id         String   @id @default(cuid())
      title      String
      authorId   Int      @map("author_id")
      reviewerId Int?     @map("reviewer")
      at         DateTime @default(now()) @db.Timestamptz(6)
      body       Unsupported("tsvector")?
      author     User     @relation("author", fields: [authorId], references: [id])
      reviewer   User?    @relation("reviewer", fields: [reviewerId], references: [id])
      tags       Tag[]
      @@unique([title, authorId])
      @@index([at(sort: Desc), title])
      @@index([body], type: Gin)
      @@index([title], where: { reviewerId: { not: null } }, map: "active")
      @@map("posts")
    }
    model Tag {
      id    BigInt @id @default(autoincrement())
      label String
      posts Post[]
    }
    view Recent {
      id    String @unique
      title String
      @@map("recent")
    }
    """

  private func with(_ body: (DriftTrial) async throws -> Void) async throws {
    try await DriftTrial.with([(name: "001_init", text: Self.sql)], body)
  }

  @Test("what Prisma Migrate makes of a schema is as the schema says, in the database and in the files")
  func agrees() async throws {
    try await with { trial in
      let report = try await trial.report(on: Self.schema)
      #expect(report.drifts.map(\.line) == [])
      #expect(report.counts.models == 4)
      #expect(report.counts.relations == 4)
      #expect(report.beyond.map(\.title) == ["partial indexes and those over expressions"])
      #expect(!report.hasFailures)
    }
  }

  @Test("a change of the database is told with what each side has, and nothing else is")
  func changes() async throws {
    try await with { trial in
      for (change, lines) in Self.databaseChanges {
        let found = try await trial.lines(on: Self.schema, after: change)
        #expect(found == lines, "\(change)")
      }
    }
  }

  private static let databaseChanges: [(String, [String])] = [
    (
      "DROP TABLE \"_PostToTag\"",
      ["prisma.table failure table public.\"_PostToTag\" 33:3: there | - | ="]
    ),
    (
      "ALTER TABLE \"User\" ALTER email TYPE varchar(90)",
      ["prisma.type failure column public.\"User\".email type 11:13: text | character varying(90) | ="]
    ),
    (
      "ALTER TABLE \"User\" ALTER email DROP NOT NULL",
      ["prisma.optionality failure column public.\"User\".email optionality 11:13: required | optional | ="]
    ),
    (
      "ALTER TABLE \"User\" ALTER balance SET DEFAULT 5",
      ["prisma.default failure column public.\"User\".balance default 17:22: 0 | 5 | ="]
    ),
    (
      "ALTER TABLE \"User\" ALTER settings SET DEFAULT '{}'",
      [
        "prisma.default failure column public.\"User\".settings default 15:22: '{\"a\":1}' | '{}'::jsonb | ="
      ]
    ),
    (
      "ALTER TABLE \"User\" ALTER id DROP DEFAULT",
      ["prisma.default failure column public.\"User\".id default 10:26: autoincrement() | - | ="]
    ),
    (
      "ALTER TABLE \"User\" ALTER \"updatedAt\" SET DEFAULT now()",
      ["prisma.default warning column public.\"User\".\"updatedAt\" default 19:3: - | now() | ="]
    ),
    (
      "ALTER TABLE \"User\" ADD note text",
      ["prisma.unmodelled warning column public.\"User\".note 9:7: - | text | ="]
    ),
    (
      "ALTER TABLE \"User\" ADD note text NOT NULL",
      ["prisma.column failure column public.\"User\".note 9:7: - | text, required | ="]
    ),
    (
      "ALTER TABLE \"User\" DROP name",
      ["prisma.column failure column public.\"User\".name 12:3: character varying(80) | - | ="]
    ),
    (
      "DROP INDEX \"User_email_key\"",
      ["prisma.unique failure index public.\"User_email_key\" 11:22: (email) | - | ="]
    ),
    (
      "DROP INDEX posts_at_title_idx; CREATE INDEX posts_at_title_idx ON posts(at, title)",
      [
        "prisma.index failure index public.posts_at_title_idx definition 35:3: (at DESC, title) | (at, title) | ="
      ]
    ),
    (
      "ALTER INDEX posts_body_idx RENAME TO words",
      ["prisma.name warning index public.posts_body_idx name 36:3: posts_body_idx | words | ="]
    ),
    (
      "DROP INDEX active; CREATE INDEX active ON posts(title) WHERE reviewer IS NULL",
      [
        "prisma.index failure index public.active condition 37:3: \"reviewer\" IS NOT NULL | reviewer IS NULL | ="
      ]
    ),
    (
      "CREATE INDEX extra ON posts(author_id)",
      ["prisma.unmodelled warning index public.extra 24:7: - | (author_id) | ="]
    ),
    (
      "ALTER TABLE posts DROP CONSTRAINT posts_pkey CASCADE",
      [
        "prisma.id failure constraint posts_pkey on public.posts columns 25:23: (id) | - | =",
        "prisma.relation failure constraint \"_PostToTag_A_fkey\" on public.\"_PostToTag\" 33:3: (A) → public.posts(id) | - | =",
      ]
    ),
    (
      "ALTER TABLE posts DROP CONSTRAINT posts_reviewer_fkey",
      [
        "prisma.relation failure constraint posts_reviewer_fkey on public.posts 32:3: (reviewer) → public.\"User\"(id) | - | ="
      ]
    ),
    (
      """
      ALTER TABLE posts DROP CONSTRAINT posts_reviewer_fkey, ADD CONSTRAINT posts_reviewer_fkey
        FOREIGN KEY (reviewer) REFERENCES "User" ON DELETE CASCADE ON UPDATE CASCADE
      """,
      [
        "prisma.relation failure constraint posts_reviewer_fkey on public.posts onDelete 32:3: SET NULL | CASCADE | ="
      ]
    ),
    (
      "ALTER TYPE \"Role\" RENAME VALUE 'ADMIN' TO 'ROOT'",
      [
        "prisma.enum-value failure enum value 'ROOT' of public.\"Role\" 5:6: - | there | =",
        "prisma.enum-value failure enum value 'ADMIN' of public.\"Role\" 7:3: there | - | =",
      ]
    ),
    (
      "CREATE TABLE stray (id int)",
      ["prisma.unmodelled warning table public.stray: - | there | ="]
    ),
    (
      "DROP VIEW recent",
      ["prisma.table failure view public.recent 45:6: there | - | ="]
    ),
  ]

  @Test("harmless spellings are told by nothing")
  func spellings() async throws {
    try await with { trial in
      for change in [
        "ALTER TABLE \"User\" ALTER \"createdAt\" SET DEFAULT now()",
        "ALTER TABLE \"User\" ALTER settings SET DEFAULT '{\"a\":  1}'",
        "ALTER TABLE \"User\" ALTER tags SET DEFAULT '{}'",
        "ALTER TABLE \"User\" ALTER tags SET NOT NULL",
        "ALTER TABLE \"User\" ALTER role SET DEFAULT 'USER'::\"Role\"",
        "ALTER TABLE \"User\" ALTER balance SET DEFAULT 0.00",
        "ALTER TABLE \"User\" ALTER id DROP DEFAULT, ALTER id ADD GENERATED BY DEFAULT AS IDENTITY",
        "DROP INDEX \"User_email_key\"; ALTER TABLE \"User\" ADD CONSTRAINT \"User_email_key\" UNIQUE (email)",
        "DROP INDEX active; CREATE INDEX active ON posts(title) WHERE NOT reviewer IS NULL",
        "ALTER TABLE posts ALTER at TYPE timestamptz",
        "CREATE TABLE _prisma_migrations (id text PRIMARY KEY)",
        "CREATE INDEX lower ON posts(lower(title)); ALTER TABLE posts ADD CHECK (title <> '')",
      ] {
        let found = try await trial.lines(on: Self.schema, after: change)
        #expect(found == [], "\(change)")
      }
    }
  }

  @Test("what only one side has is told of that side, what both have is told once")
  func sides() async throws {
    let later = (name: "002_later", text: "ALTER TABLE \"Tag\" ADD colour text;")
    try await DriftTrial.with([(name: "001_init", text: Self.sql), later]) { trial in
      let coloured = Self.schema.replacing("label String", with: "label String\n  colour String?")
      let gone = "ALTER TABLE \"Tag\" DROP colour"
      let inBoth = try await trial.lines(on: coloured)
      #expect(inBoth == [])
      let inFiles = try await trial.lines(on: coloured, after: gone)
      #expect(inFiles == ["prisma.column failure column public.\"Tag\".colour 43:3: text | - | ="])
      let tooMuch = try await trial.lines(on: Self.schema)
      #expect(
        tooMuch == ["prisma.unmodelled warning column public.\"Tag\".colour 40:7: - | text | text"])
      let tooMuchInFiles = try await trial.lines(on: Self.schema, after: gone)
      #expect(
        tooMuchInFiles == ["prisma.unmodelled warning column public.\"Tag\".colour 40:7: - | = | text"])
    }
  }

  @Test("what a sentence says")
  func sentences() async throws {
    try await with { trial in
      let report = try await trial.report(
        on: Self.schema.replacing("title      String", with: "title      Int").replacing(
          "@map(\"author_id\")", with: ""))
      let sentences = report.drifts.map(\.sentence)
      #expect(
        sentences.contains(
          "the type of column public.posts.title: Post.title says integer, the database text, the files text")
      )
      #expect(
        sentences.contains(
          "Post.authorId describes column public.posts.\"authorId\", which is not in the database and the files"
        ))
      #expect(
        sentences.contains(
          "column public.posts.author_id is in the database and the files, and model Post has nothing of it"))
    }
  }
}
