package fr.vigie.server.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.LocaleResolver;

/** What holds for every answer: headers that keep a browser safe, and the reader's language. */
@Configuration(proxyBeanMethods = false)
class WebSettings {
  static final List<String> LANGUAGES = List.of("fr", "en");
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " object-src 'none'";

  @Bean
  LocaleResolver localeResolver() {
    return new Languages();
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Vigie")
                .version("v1")
                .description("Machines, their samples and their figures. Times are in seconds."));
  }

  @Bean
  FilterRegistrationBean<OncePerRequestFilter> safeHeaders() {
    FilterRegistrationBean<OncePerRequestFilter> bean =
        new FilterRegistrationBean<>(new SafeHeaders());
    bean.setOrder(Ordered.HIGHEST_PRECEDENCE);
    bean.setAsyncSupported(true);
    return bean;
  }

  private static final class SafeHeaders extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      response.setHeader("Content-Security-Policy", POLICY);
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader("Referrer-Policy", "same-origin");
      chain.doFilter(request, response);
    }
  }

  /** The language of {@code ?lang=}, else the first that the browser prefers, else French. */
  private static final class Languages implements LocaleResolver {
    @Override
    public Locale resolveLocale(HttpServletRequest request) {
      String asked = request.getParameter("lang");
      if (asked != null && LANGUAGES.contains(asked)) {
        return Locale.forLanguageTag(asked);
      }
      if (request.getHeader("Accept-Language") != null) {
        for (Locale locale : java.util.Collections.list(request.getLocales())) {
          if (LANGUAGES.contains(locale.getLanguage())) {
            return Locale.forLanguageTag(locale.getLanguage());
          }
        }
      }
      return Locale.FRENCH;
    }

    @Override
    public void setLocale(
        HttpServletRequest request,
        @Nullable HttpServletResponse response,
        @Nullable Locale locale) {
      throw new UnsupportedOperationException("the language follows the request");
    }
  }
}
