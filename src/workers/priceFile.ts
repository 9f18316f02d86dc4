/** The catalogue that the user had downloaded, beside the ledger. */

export const updatedPricesFile = 'prices.json';
