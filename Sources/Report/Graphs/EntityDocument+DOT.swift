import Schema

extension EntityDocument {
  /// The tables in the language of Graphviz: `dot -Tsvg`; foreign keys are drawn with crow's feet.
  public var dot: String {
    var lines = [
      "digraph \(Self.quotedName(title)) {", "  rankdir=LR;",
      "  node [shape=plain, fontname=monospace];", "  edge [dir=both, fontname=monospace];",
    ]
    for entity in entities {
      lines.append("  \(Self.quotedName(entity.object.qualifiedName)) [label=<\(Self.label(of: entity))>];")
    }
    for relation in relations {
      let one = relation.isOptional ? "teeodot" : "teetee"
      let many = relation.isOneToOne ? "teeodot" : "crowodot"
      lines.append(
        "  \(Self.quotedName(relation.from.qualifiedName)) -> \(Self.quotedName(relation.to.qualifiedName)) "
          + "[arrowtail=\(many), arrowhead=\(one), tooltip=\(Self.quotedName(relation.name))];")
    }
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func label(of entity: Entity) -> String {
    var rows = [
      "<tr><td bgcolor=\"lightgrey\"><b>\(HTMLEscape.text(entity.object.qualifiedName))</b></td></tr>"
    ]
    for column in entity.isPlatform ? [] : entity.columns {
      let mark = column.isPrimaryKey ? "# " : column.isForeignKey ? "→ " : ""
      let text = "\(mark)\(column.name) \(column.type)\(column.isNullable ? "" : " not null")"
      rows.append("<tr><td align=\"left\">\(HTMLEscape.text(PrintableText.onOneLine(text)))</td></tr>")
    }
    return "<table border=\"0\" cellborder=\"1\" cellspacing=\"0\">\(rows.joined())</table>"
  }

  private static func quotedName(_ text: String) -> String {
    var quoted = "\""
    for character in text {
      switch character {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where character.isNewline: quoted += " "
      default: quoted.append(character)
      }
    }
    return quoted + "\""
  }
}
