package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The statements of one seal into one monthly file; the caller commits. */
final class Sealing {
  private final Path file;
  private final Connection connection;
  private final SeriesIds ids;
  private final long through;
  private long places;

  /**
   * @param places how many chunks the file has been given so far
   */
  Sealing(Path file, Connection connection, SeriesIds ids, long through, long places) {
    this.file = file;
    this.connection = connection;
    this.ids = ids;
    this.through = through;
    this.places = places;
  }

  void write(Head head, Month month, int mostSamples, BitSet added)
      throws IOException, SQLException {
    try (PreparedStatement chunks =
            connection.prepareStatement("INSERT INTO chunk VALUES(?, ?, ?)");
        PreparedStatement names = connection.prepareStatement(SeriesTable.INSERT)) {
      head.pieces(
          month,
          mostSamples,
          (series, piece) ->
              Sql.call(
                  file,
                  () -> {
                    if (!added.get(series)) {
                      added.set(series);
                      SeriesTable.insert(names, series, ids.name(series));
                    }
                    return chunk(chunks, series, piece);
                  }));
    }
    Sql.run(connection, "UPDATE sealed SET through = " + through + ", places = " + places);
  }

  static void dropBefore(Connection connection, long nanos) throws SQLException {
    List<Long> ended = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement("SELECT id, head FROM chunk");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Optional<Chunk> chunk = Chunk.of(rows.getLong(1), Sql.bytes(rows, 2));
        if (chunk.isPresent() && chunk.get().last() < nanos) {
          ended.add(rows.getLong(1));
        }
      }
    }
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM chunk WHERE id = ?")) {
      for (long id : ended) {
        delete.setLong(1, id);
        delete.executeUpdate();
      }
    }
    Sql.run(
        connection,
        "DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM chunk"
            + " WHERE chunk.id BETWEEN series.id << 32 AND (series.id + 1 << 32) - 1)");
  }

  private int chunk(PreparedStatement insert, int series, Column piece) throws SQLException {
    Chunk chunk = Chunk.of(Chunk.id(series, ++places), through, piece);
    insert.setLong(1, chunk.id());
    insert.setBytes(2, chunk.toBytes());
    insert.setBytes(3, ColumnCodec.encode(piece));
    return insert.executeUpdate();
  }
}
