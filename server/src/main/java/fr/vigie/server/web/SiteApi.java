package fr.vigie.server.web;

import fr.vigie.server.plant.Plant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/site")
@Tag(name = "site")
final class SiteApi {
  private final Plant plant;
  private final TreeBody body;

  SiteApi(Plant plant, TreeBody body) {
    this.plant = plant;
    this.body = body;
  }

  @GetMapping
  @Operation(summary = "The site's time zone and shifts")
  Map<String, Object> site() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("site", plant.site());
    tree.putAll(plant.siteTree());
    return tree;
  }

  @PutMapping
  @Operation(summary = "Changes the site's time zone and shifts")
  @TreeBody.Documented
  Map<String, Object> put(HttpServletRequest request) throws IOException {
    plant.putSite(body.read(request));
    return site();
  }
}
