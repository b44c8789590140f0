package fr.vigie.server.web;

import fr.vigie.server.plant.CompanyBook;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/company")
@Tag(name = "company")
final class CompanyApi {
  private final CompanyBook book;
  private final TreeBody body;

  CompanyApi(CompanyBook book, TreeBody body) {
    this.book = book;
    this.body = body;
  }

  @GetMapping
  @Operation(summary = "What the company says of itself where its machines cannot")
  Map<String, Object> company() {
    return book.tree();
  }

  @PutMapping
  @Operation(
      summary = "Says it",
      description = "Every mistake is told at once, each with key, found and wanted.")
  @TreeBody.Documented
  Map<String, Object> put(HttpServletRequest request) throws IOException {
    book.put(body.read(request));
    return book.tree();
  }
}
