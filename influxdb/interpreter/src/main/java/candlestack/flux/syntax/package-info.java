/** Flux's grammar: text to syntax tree, with positions. */
package candlestack.flux.syntax;
