package fr.vigie.server.store.lines;

import com.influxdb.LogLevel;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.InfluxException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** A database that takes the line protocol and answers questions over HTTP. Any thread may ask. */
public final class LineServer implements Closeable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final int MOST_TOLD = 300;

  private final String name;
  private final Address address;
  private final WritePrecision precision;
  private final OkHttpClient http;
  private final InfluxDBClient client;
  private final WriteApiBlocking writes;
  private volatile String credentials = "";

  /**
   * @param product what it is, for messages
   * @param precision in what times of lines are given
   */
  public LineServer(String product, Address address, WritePrecision precision) {
    this.name =
        product
            + " at "
            + address.url()
            + (address.database().isEmpty() ? "" : ", database " + address.database());
    this.address = address;
    this.precision = precision;
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .readTimeout(ANSWER)
            .writeTimeout(ANSWER)
            .addNetworkInterceptor(this::adapt)
            .build();
    this.client =
        InfluxDBClientFactory.create(
            InfluxDBClientOptions.builder()
                .url(address.url().toString())
                .org("-")
                .bucket(address.database().isEmpty() ? "-" : address.database())
                .authenticateToken("-".toCharArray())
                .logLevel(LogLevel.NONE)
                .okHttpClient(http.newBuilder())
                .build());
    this.writes = client.getWriteApiBlocking();
  }

  /** What the database itself said, as against a connection that broke. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message);
    }
  }

  /** Reads an answer as it comes. */
  public interface Answer<T> {
    T read(InputStream in) throws IOException;
  }

  public String name() {
    return name;
  }

  /** Reads the password again. */
  public void enter() throws IOException {
    credentials =
        address.user().isEmpty()
            ? ""
            : Credentials.basic(address.user(), address.password().read());
  }

  /** Writes lines; returns once the database says that it has them. */
  public void write(String lines) throws IOException {
    try {
      writes.writeRecord(precision, lines);
    } catch (InfluxException e) {
      throw e.getCause() instanceof IOException cause ? away(cause) : refused(e.status(), told(e));
    }
  }

  public <T> T get(String path, Map<String, String> parameters, Answer<T> answer)
      throws IOException {
    HttpUrl.Builder url = url(path).newBuilder();
    parameters.forEach(url::addQueryParameter);
    return call(new Request.Builder().url(url.build()).build(), answer);
  }

  public <T> T post(String path, Map<String, String> parameters, Answer<T> answer)
      throws IOException {
    FormBody.Builder form = new FormBody.Builder();
    parameters.forEach(form::add);
    return call(new Request.Builder().url(url(path)).post(form.build()).build(), answer);
  }

  @Override
  public void close() {
    client.close();
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }

  private HttpUrl url(String path) {
    String base = address.url().toString();
    return HttpUrl.get(base.endsWith("/") ? base + path : base + '/' + path);
  }

  private <T> T call(Request request, Answer<T> answer) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      ResponseBody body = response.body();
      if (!response.isSuccessful() || body == null) {
        throw refused(response.code(), body == null ? "" : body.string());
      }
      return answer.read(body.byteStream());
    } catch (Refused e) {
      throw e;
    } catch (IOException e) {
      throw away(e);
    }
  }

  private IOException away(IOException e) {
    return new IOException(
        name
            + " does not answer: "
            + (e.getMessage() == null ? e.toString() : e.getMessage())
            + ". Start it, or correct vigie.store-url",
        e);
  }

  private Refused refused(int status, String told) {
    if (status == 401 || status == 403) {
      return new Refused(
          name + " refuses the name or password: see vigie.store-user, vigie.store-password-file");
    }
    String text = told.strip();
    return new Refused(
        name
            + " refuses ("
            + status
            + "): "
            + (text.length() > MOST_TOLD ? text.substring(0, MOST_TOLD) + '…' : text));
  }

  private static String told(InfluxException e) {
    return String.valueOf(e.getMessage());
  }

  /** InfluxDB 1.6 knows the older address of writes only, and names and passwords, no tokens. */
  private Response adapt(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    Request.Builder adapted = request.newBuilder().removeHeader("Authorization");
    if (!credentials.isEmpty()) {
      adapted.header("Authorization", credentials);
    }
    String path = request.url().encodedPath();
    if (path.endsWith("/api/v2/write")) {
      HttpUrl.Builder url =
          request
              .url()
              .newBuilder()
              .encodedPath(path.substring(0, path.length() - "api/v2/write".length()) + "write")
              .query(null)
              .addQueryParameter("precision", precision == WritePrecision.NS ? "n" : "ms");
      if (!address.database().isEmpty()) {
        url.addQueryParameter("db", address.database());
      }
      adapted.url(url.build());
    }
    return chain.proceed(adapted.build());
  }
}
