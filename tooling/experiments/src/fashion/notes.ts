export const NETWORK =
  'A residual convnet of 24 channels: a convolution of 3 x 3, two blocks of two convolutions on maps of 14 x 14 and 7 x 7, a dense layer of 128; no batch normalization. SGD with Nesterov momentum 0.9, a learning rate of 0.05 after a warm-up of a twentieth, then a cosine to 0; `wasm` backend. All arms are given as many steps.';
