/** Whether an address has the picture itself in it, of a kind that cannot hold scripts. */
export const isPictureAddress = (address: unknown): address is string =>
  typeof address === 'string' && /^data:image\/(?:png|jpeg|gif|webp|bmp);base64,[\d+/=A-Za-z]*$/.test(address);
