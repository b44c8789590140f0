package fr.vigie.server.web;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a request as one JSON object of limited size. */
@Component
final class TreeBody {
  static final int MOST_KIB = 256;
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final JsonMapper json =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Says in the OpenAPI document that a method reads such a body. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @interface Documented {}

  /**
   * @throws Problem when it is too large or not one JSON object
   */
  Map<String, Object> read(HttpServletRequest request) throws IOException {
    byte[] bytes = request.getInputStream().readNBytes(MOST_KIB * 1024 + 1);
    if (bytes.length > MOST_KIB * 1024) {
      throw Problem.tooMuch("problem.toolarge", MOST_KIB);
    }
    try {
      Map<String, Object> tree = json.readValue(bytes, TREE);
      if (tree == null) {
        throw Problem.wrong("problem.unreadable");
      }
      return tree;
    } catch (JacksonException e) {
      throw Problem.wrong("problem.unreadable");
    }
  }
}
