"""The look of Zhitong: tokens, frames, components, navigation, elements, error pages."""
