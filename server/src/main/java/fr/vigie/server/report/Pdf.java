package fr.vigie.server.report;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/**
 * Makes PDF of well-formed HTML. Nothing is fetched from anywhere; letters are of Liberation Sans,
 * which comes with PDFBox and is embedded, so that every reader shows accents, Greek and Cyrillic.
 */
public final class Pdf {
  static {
    FontMappers.set(new OneFont());
  }

  private Pdf() {}

  /**
   * @param html with {@code font-family: Vigie}
   * @throws IOException when it is not well-formed
   */
  public static byte[] of(String html) throws IOException {
    XRLog.setLoggingEnabled(false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.useFastMode();
    builder.useUriResolver((base, address) -> null);
    builder.useFont(OneFont::open, "Vigie");
    builder.withHtmlContent(html, null);
    builder.withProducer("Vigie");
    builder.toStream(bytes);
    builder.run();
    return bytes.toByteArray();
  }
}
