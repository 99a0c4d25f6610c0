/**
 * Profiles of people to what may be kept of them: refined by user, counted by nationality, age group, mail domain and
 * country.
 */
package candlestack.analytics.compute.users;
