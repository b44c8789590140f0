package fr.vigie.agent.setting;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record whose keys stand in a file of its own, which a configuration names: one that comes with
 * the agent, or a user's own by its path.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OwnFile {
  /**
   * The names of those that come with the agent: resources beside the record, less {@code .yaml}.
   */
  String[] value();
}
