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
  private int rolled;
  private Stretches minutes = new Stretches();

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
        RollupWriting rollups = new RollupWriting(file, connection);
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
                    roll(rollups, series, piece);
                    return chunk(chunks, series, piece);
                  }));
      roll(rollups, 0, Column.numbers().build());
    }
    Sql.run(connection, "UPDATE sealed SET through = " + through + ", places = " + places);
  }

  /** Gathers the pieces of one series; when the next series comes, its windows are written. */
  private void roll(RollupWriting rollups, int series, Column piece) throws SQLException {
    if (series != rolled) {
      rollups.write(Chunk.id(rolled, places), through, through, minutes);
      minutes = new Stretches();
      rolled = series;
    }
    if (!piece.isText()) {
      Rollup.add(piece, minutes);
    }
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
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM chunk WHERE id = ?");
        PreparedStatement unrolled =
            connection.prepareStatement(
                "INSERT OR IGNORE INTO unrolled SELECT ?1"
                    + " WHERE ?1 NOT IN (SELECT id FROM dropped)")) {
      for (long id : ended) {
        delete.setLong(1, id);
        delete.executeUpdate();
        unrolled.setLong(1, id >> 32);
        unrolled.executeUpdate();
      }
    }
    Sql.run(connection, "UPDATE compacted SET through = 0");
    Sql.run(
        connection,
        "DELETE FROM rollup WHERE id >> 32 IN"
            + " (SELECT id FROM unrolled EXCEPT SELECT id >> 32 FROM chunk)");
    Sql.run(
        connection,
        "DELETE FROM series WHERE id NOT IN"
            + " (SELECT id >> 32 FROM chunk UNION SELECT id >> 32 FROM rollup)");
  }

  private int chunk(PreparedStatement insert, int series, Column piece) throws SQLException {
    Chunk chunk = Chunk.of(Chunk.id(series, ++places), through, through, piece);
    insert.setLong(1, chunk.id());
    insert.setBytes(2, chunk.toBytes());
    insert.setBytes(3, ColumnCodec.encode(piece));
    return insert.executeUpdate();
  }
}
