package fr.vigie.benchmark;

/**
 * A contribution in the record of what was merged; another text of the same company is another
 * member.
 *
 * @param company as in {@link SignedContribution}
 * @param digest of the text
 */
public record Member(String company, String digest) {
  static Member of(SignedContribution contribution) {
    return new Member(contribution.company(), contribution.digest());
  }
}
