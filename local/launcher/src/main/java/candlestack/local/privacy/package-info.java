/** What a person may ask of those who keep data about people: what is kept and why, and to be forgotten. */
package candlestack.local.privacy;
